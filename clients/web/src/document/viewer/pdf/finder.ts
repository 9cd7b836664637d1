import { PDFFindController, type EventBus, type PDFLinkService } from "pdfjs-dist/legacy/web/pdf_viewer.mjs";

import { marksIn, type Mark, type Term } from "@/document/viewer/words";

/** Finds our terms, where the library's own finder knows one phrase or many parts of words. */
export class TermFinder extends PDFFindController {
  terms: readonly Term[] = [];
  readonly #place: Place;

  constructor(eventBus: EventBus, linkService: PDFLinkService) {
    const place = new Place(linkService);
    super({ eventBus, linkService: place as unknown as PDFLinkService });
    this.#place = place;
  }

  /** Marks all and goes to the first from the page on that is shown; with `stay`, only if it is on that very page. */
  find(terms: readonly Term[], stay: boolean): void {
    this.terms = terms;
    this.#place.stays = stay;
    this.#ask("", false);
  }

  /** Goes to the hit after or before the one that is selected. */
  step(back: boolean): void {
    this.#place.stays = false;
    this.#ask("again", back);
  }

  override match(_query: string | string[], content: string): Mark[] {
    return [...marksIn(content, this.terms)];
  }

  override scrollMatchIntoView(found: { element: HTMLElement; pageIndex: number; matchIndex: number }): void {
    if (this.#place.stays && found.pageIndex + 1 !== this.#place.page) return;
    super.scrollMatchIntoView(found);
  }

  #ask(type: "" | "again", findPrevious: boolean): void {
    this._eventBus.dispatch("find", { source: this, type, query: this.terms.map(({ text }) => text), highlightAll: true, findPrevious });
  }
}

/** Where the finder is and goes: as the viewer's, unless it shall stay. */
class Place {
  stays = false;
  readonly #links: PDFLinkService;

  constructor(links: PDFLinkService) {
    this.#links = links;
  }

  get pagesCount(): number {
    return this.#links.pagesCount;
  }

  get page(): number {
    return this.#links.page;
  }

  set page(page: number) {
    if (!this.stays) this.#links.page = page;
  }
}
