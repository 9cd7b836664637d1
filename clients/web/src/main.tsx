import "@/parts/base.css";

import { TransportProvider } from "@connectrpc/connect-query";
import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider as PageProvider } from "@tanstack/react-router";
import { StrictMode } from "react";
import { I18nProvider } from "react-aria-components";
import { createRoot } from "react-dom/client";
import { IntlProvider } from "react-intl";

import { queryClient, sessionQuery } from "@/app/queries";
import { makeRouter } from "@/app/router";
import { showTheme } from "@/app/theme";
import { Notices } from "@/parts/notices";
import { onSignedOut, transport } from "@/transport/transport";
import { readersLanguage, readWords } from "@/words/words";

async function start(place: Element): Promise<void> {
  const language = readersLanguage();
  const words = await readWords(language);
  // "de-AT" writes dates and money as in Austria, in German words.
  const locale = navigator.languages.find((tag) => tag.startsWith(language)) ?? language;
  document.documentElement.lang = language;
  const router = makeRouter(queryClient);
  onSignedOut(() => {
    if (queryClient.getQueryData(sessionQuery.queryKey)?.user) {
      void queryClient.query({ ...sessionQuery, staleTime: 0 }).then(() => router.invalidate());
    }
  });
  createRoot(place).render(
    <StrictMode>
      <IntlProvider locale={locale} messages={words} defaultLocale="en">
        <I18nProvider locale={locale}>
          <TransportProvider transport={transport}>
            <QueryClientProvider client={queryClient}>
              <PageProvider router={router} />
              <Notices />
            </QueryClientProvider>
          </TransportProvider>
        </I18nProvider>
      </IntlProvider>
    </StrictMode>,
  );
}

showTheme();
const place = document.getElementById("app");
if (place) void start(place);
