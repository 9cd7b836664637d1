/**
 * Why something did not work, or what is to be known of a document, in the reader's language: the server tells it in English sentences of a
 * closed set. What programs say in them stands there as they said it.
 */

import { type Form, type Say, saidBy } from "@/parts/sentences";

export const FORMS: readonly Form[] = [
  [/^(.+) \(on (\d+) pages\)$/s, "reasons.on_pages", ["reason", "count"]],
  [/^The file is empty: it has 0 bytes\.$/s, "reasons.empty", []],
  [/^Files of type (\S+) can't be read yet\. The original is kept: a PDF of it will be read\.$/s, "reasons.kind", ["type"]],
  [/^The file is damaged: it begins like a PDF, but no pages can be found in it\.$/s, "reasons.pdf_without_pages", []],
  [/^The file is damaged: none of its pages can be opened\.$/s, "reasons.no_page_opens", []],
  [/^The file is damaged: no archive version could be made of it\.$/s, "reasons.no_archive_version", []],
  [/^The file is damaged: its pages can't be taken apart\.$/s, "reasons.not_taken_apart", []],
  [/^The document has no pages\.$/s, "reasons.no_pages", []],
  [/^The document has (\d+) pages, and (\d+) are allowed\.$/s, "reasons.too_many_pages", ["count", "most"]],
  [/^The image is too large: (\d+ × \d+) pixels, and (\d+) megapixels are allowed\.$/s, "reasons.image_too_large", ["size", "most"]],
  [/^The image is damaged and can't be drawn\.$/s, "reasons.image_not_drawn", []],
  [/^The image is damaged: nothing can be made of it\.$/s, "reasons.image_useless", []],
  [/^The image is damaged: a page of it can't be decoded\.$/s, "reasons.image_page", []],
  [/^The image is damaged or of a rare kind: no archive version could be made of it\.$/s, "reasons.image_rare", []],
  [/^The file is not there any more\.$/s, "reasons.gone", []],
  [/^Its worker was killed (\d+) times at this work\.$/s, "reasons.killed", ["count"]],
  [/^none of its pages could be read: (.+)$/s, "reasons.no_page_read", ["reason"]],
  [/^the page can't be opened: (.+)$/s, "reasons.page_not_opened", ["told"]],
  [/^the page can't be drawn: (.+)$/s, "reasons.page_not_drawn", ["told"]],
  [/^the image can't be decoded: (.+)$/s, "reasons.image_not_decoded", ["told"]],
  [/^the image has (\d+) million pixels, more than (\d+)$/s, "reasons.image_pixels", ["count", "most"]],
  [/^the image is damaged and may lack parts: (.+)$/s, "reasons.image_lacks_parts", ["told"]],
  [/^reading took longer than (\d+) s$/s, "reasons.reading_too_long", ["seconds"]],
  [/^every reader that had this page was lost; retry the job to read it again$/s, "reasons.readers_lost", []],
  [/^a file could not be written: (.+)$/s, "reasons.disk", ["told"]],
  [/^The document is locked with a password and can't be read: unlock it with: scriba unlock ID$/s, "reasons.encrypted", []],
  [/^The document is signed: no archive version is made, since it would lose the signature\.$/s, "reasons.signed", []],
  [/^The page is damaged and can't be opened\.$/s, "reasons.page_damaged", []],
  [/^read without (\S+): its model is not installed \(Debian: (\S+)\)$/s, "reasons.without_model", ["language", "package"]],
  [/^it seems to be in (.+), which was read as (\S+): install (\S+), then reprocess it$/s, "reasons.other_language", ["language", "tried", "package"]],
  [/^The archive version is a plain PDF, since the document does not allow PDF\/A: (.+)$/s, "reasons.plain_pdf", ["told"]],
  [/^The text is very long: its first (\d+) MB can be searched\.$/s, "reasons.long_text", ["count"]],
  [/^Its pages can't be shown, only the words in it can be searched\. (.+)$/s, "reasons.not_converted", ["reason"]],
  [/^LibreOffice could not open the file: it is damaged, locked with a password, or not what it says\.$/s, "reasons.office_refused", []],
  [/^No office program is installed: LibreOffice would show its pages \(apt-get install libreoffice-writer-nogui libreoffice-calc-nogui libreoffice-impress-nogui\)\.$/s, "reasons.no_office", []],
  [/^The file is damaged: its words can't be read\.$/s, "reasons.words_damaged", []],
  [/^Its format is one of those before 2007, whose words an office program alone can read\.$/s, "reasons.old_office", []],
  [/^The file is damaged: it can't be unpacked\.$/s, "reasons.not_unpacked", []],
  [/^The files in it are documents of their own: (.+)\.$/s, "reasons.unpacked", ["ids"]],
  [/^The files in it are no documents of their own\. (.+)$/s, "reasons.not_unpacked_files", ["reason"]],
  [/^Some files in it can't be read and lie in it alone: (.+)\.$/s, "reasons.left_inside", ["told"]],
  [/^The archive can't be opened: it is damaged, or locked with a password\.$/s, "reasons.archive_damaged", []],
  [/^no searchable PDF was made: (.+)$/s, "reasons.no_searchable", ["reason"]],
  [/^no preview could be drawn: (.+)$/s, "reasons.no_preview", ["reason"]],
  [/^Reading this document was cancelled\. Retry its job, or reprocess it, to read it\.$/s, "reasons.cancelled", []],
  [/^it seems to be the same paper as document (\d+), '(.+)': (\d+) % of the text is in both, and both are kept$/s, "reasons.same_paper", ["id", "title", "percent"]],
  [/^Barcodes split this scan into the documents? (.+)\.$/s, "reasons.barcodes_split", ["ids"]],
  [/^This document was split into the documents? (.+)\.$/s, "reasons.split", ["ids"]],
  [/^The pages of this document were joined into the document (\d+)\.$/s, "reasons.joined", ["id"]],
  [/^This scan of one side of some sheets was joined with the other into the document (\d+)\.$/s, "reasons.scan_joined", ["id"]],
  [/^Barcodes would split this scan, but it is signed and stays whole\.$/s, "reasons.signed_whole", []],
  [/^Barcodes would split this scan, but it stays whole: (.+)$/s, "reasons.stays_whole", ["reason"]],
  [/^Barcodes give this document several archive serial numbers: (\d+) was taken, not (.+)\.$/s, "reasons.number_ambiguous", ["taken", "others"]],
];

/** Says a sentence of the server's; one that is not known as it came. */
export function saidProblem(told: string, say: Say): string {
  return saidBy(FORMS, told, say);
}
