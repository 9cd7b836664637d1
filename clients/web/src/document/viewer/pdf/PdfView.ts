import { AnnotationMode, type PDFDocumentProxy } from "pdfjs-dist/legacy/build/pdf.mjs";
import { EventBus, FindState, LinkTarget, PDFLinkService, PDFViewer } from "pdfjs-dist/legacy/web/pdf_viewer.mjs";

import type { Term } from "@/document/viewer/words";

import { TermFinder } from "./finder";
import { ANNOTATION_IMAGES } from "./openPdf";

/** How large the pages are: fitted, or a factor. */
export type Zoom = "auto" | "page-width" | "page-fit" | number;

export interface PdfState {
  readonly page: number;
  readonly zoom: Zoom;
  readonly scale: number;
  /** Of all that is searched for; 0 while none is selected. */
  readonly hit: number;
  readonly hits: number;
  readonly isSearching: boolean;
}

type Listener = () => void;

/** The pages of a PDF in a scrolled box, kept by pdf.js: drawn as they come into sight, with text that can be selected and found. */
export class PdfView {
  state: PdfState = { page: 1, zoom: "auto", scale: 1, hit: 0, hits: 0, isSearching: false };
  readonly #viewer: PDFViewer;
  readonly #finder: TermFinder;
  readonly #links: PDFLinkService;
  readonly #listeners = new Set<Listener>();
  readonly #ending = new AbortController();
  readonly #watch: ResizeObserver;

  /** `nameOf` names each page for screen readers. `container` is positioned, and has one box inside. */
  constructor(container: HTMLDivElement, pdf: PDFDocumentProxy, page: number, nameOf: (page: number) => string) {
    const bus = new EventBus();
    this.#links = new PDFLinkService({ eventBus: bus, externalLinkTarget: LinkTarget.BLANK, externalLinkRel: "noopener noreferrer nofollow" });
    this.#finder = new TermFinder(bus, this.#links);
    this.#viewer = new PDFViewer({
      container,
      eventBus: bus,
      linkService: this.#links,
      findController: this.#finder,
      annotationMode: AnnotationMode.ENABLE,
      imageResourcesPath: ANNOTATION_IMAGES,
      // Addresses in the text stay text: what is no link in the paper leads nowhere, and pages that are left need not be looked through.
      enableAutoLinking: false,
      removePageBorders: true,
      l10n: withoutWords,
      ...{ abortSignal: this.#ending.signal },
    });
    this.#links.setViewer(this.#viewer);
    this.#listen(bus, page, nameOf);
    this.#viewer.setDocument(pdf);
    this.#links.setDocument(pdf);
    this.#watch = new ResizeObserver(() => this.#fit());
    this.#watch.observe(container);
  }

  subscribe = (listener: Listener): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  goTo(page: number): void {
    if (page !== this.state.page && page >= 1 && page <= this.#viewer.pagesCount) this.#viewer.currentPageNumber = page;
  }

  zoomTo(zoom: Zoom): void {
    this.#viewer.currentScaleValue = String(zoom);
  }

  zoomIn(): void {
    this.#viewer.increaseScale();
  }

  zoomOut(): void {
    this.#viewer.decreaseScale();
  }

  /** Turns all pages on the screen, and nothing in the file. */
  turn(): void {
    this.#viewer.pagesRotation = (this.#viewer.pagesRotation + 90) % 360;
  }

  /** Marks these, and goes to the first; with `stay`, only if it is on the page that is shown. */
  find(terms: readonly Term[], stay: boolean): void {
    this.#change({ hit: 0, hits: 0, isSearching: terms.length > 0 });
    this.#finder.find(terms, stay);
  }

  nextHit(): void {
    this.#finder.step(false);
  }

  previousHit(): void {
    this.#finder.step(true);
  }

  close(): void {
    this.#watch.disconnect();
    this.#ending.abort();
    this.#finder.setDocument(nothing);
    this.#links.setDocument(null);
    this.#viewer.setDocument(nothing);
    this.#listeners.clear();
  }

  #listen(bus: EventBus, page: number, nameOf: (page: number) => string): void {
    bus.on("pagesinit", () => {
      this.#viewer.currentScaleValue = "auto";
      if (page > 1 && page <= this.#viewer.pagesCount) this.#viewer.currentPageNumber = page;
    });
    bus.on("pagerendered", ({ pageNumber, source }: { pageNumber: number; source: { div: HTMLElement } }) => source.div.setAttribute("aria-label", nameOf(pageNumber)));
    bus.on("pagechanging", ({ pageNumber }: { pageNumber: number }) => this.#change({ page: pageNumber }));
    bus.on("scalechanging", ({ scale, presetValue }: { scale: number; presetValue?: Zoom }) => this.#change({ scale, zoom: presetValue ?? scale }));
    const count = ({ matchesCount: { current, total } }: { matchesCount: { current: number; total: number } }) => this.#change({ hit: current, hits: total });
    bus.on("updatefindmatchescount", count);
    bus.on("updatefindcontrolstate", ({ state, ...rest }: { state: number; matchesCount: { current: number; total: number } }) => {
      this.#change({ isSearching: state === FindState.PENDING });
      count(rest);
    });
  }

  #fit(): void {
    const { zoom } = this.state;
    if (typeof zoom === "string" && this.#viewer.pagesCount > 0) this.#viewer.currentScaleValue = zoom;
    this.#viewer.update();
  }

  #change(change: Partial<PdfState>): void {
    this.state = { ...this.state, ...change };
    for (const tell of this.#listeners) tell();
  }
}

// The library takes null to let go of a document, and its types do not.
const nothing = null as unknown as PDFDocumentProxy;

// Its own texts stay out: pages are named by ours, and controls are ours.
type ViewerOptions = ConstructorParameters<typeof PDFViewer>[0];
const withoutWords = {
  pause: () => undefined,
  resume: () => undefined,
  translate: () => Promise.resolve(),
  get: (_ids: unknown, _args: unknown, fallback: unknown) => Promise.resolve(fallback),
  getLanguage: () => "en",
  getDirection: () => "ltr",
} as unknown as NonNullable<ViewerOptions["l10n"]>;
