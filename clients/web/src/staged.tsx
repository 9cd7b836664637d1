/** Shows a part in a test as the page would, in English, before a server that answers as the test says. */

import { createRouterTransport, type ConnectRouter } from "@connectrpc/connect";
import { TransportProvider } from "@connectrpc/connect-query";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { configure, render, type RenderResult } from "@testing-library/react";
import type { ReactNode } from "react";
import { IntlProvider } from "react-intl";
import { vi } from "vitest";

import words from "@/words/en";

// A machine that does much else besides is slow, not wrong.
configure({ asyncUtilTimeout: 20_000 });
vi.setConfig({ testTimeout: 60_000 });

export function staged(part: ReactNode, serve: (router: ConnectRouter) => void = () => undefined): RenderResult {
  const queries = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  return render(
    <IntlProvider locale="en" messages={words}>
      <TransportProvider transport={createRouterTransport(serve)}>
        <QueryClientProvider client={queries}>{part}</QueryClientProvider>
      </TransportProvider>
    </IntlProvider>,
  );
}
