"""PDFs of files that have no pages yet: mails, web pages, office files."""
