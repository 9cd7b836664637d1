"""A work node: a machine that reads pages for an archive elsewhere. It holds no document, no database and no setting of the archive."""
