import "@/parts/base.css";

import { TransportProvider } from "@connectrpc/connect-query";
import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider as PageProvider } from "@tanstack/react-router";
import { StrictMode, type ReactNode } from "react";
import { I18nProvider } from "react-aria-components";
import { createRoot } from "react-dom/client";
import { IntlProvider } from "react-intl";

import { queryClient } from "@/app/queries";
import { makeRouter } from "@/app/router";
import { watchSession } from "@/app/sessionWatch";
import { showTheme } from "@/app/theme";
import { Notices } from "@/parts/notices";
import { SessionOver } from "@/signing-in/SessionOver";
import { transport } from "@/transport/transport";
import { learnToSpeak, useSpeech } from "@/words/language";

async function start(place: Element): Promise<void> {
  await learnToSpeak();
  const router = makeRouter(queryClient);
  watchSession(queryClient);
  createRoot(place).render(
    <StrictMode>
      <Speaking>
        <TransportProvider transport={transport}>
          <QueryClientProvider client={queryClient}>
            <PageProvider router={router} />
            <Notices />
            <SessionOver />
          </QueryClientProvider>
        </TransportProvider>
      </Speaking>
    </StrictMode>,
  );
}

function Speaking({ children }: { readonly children: ReactNode }) {
  const { locale, words } = useSpeech();
  return (
    <IntlProvider locale={locale} messages={words} defaultLocale="en">
      <I18nProvider locale={locale}>{children}</I18nProvider>
    </IntlProvider>
  );
}

showTheme();
const place = document.getElementById("app");
if (place) void start(place);
