/** The one way to the server: grpc-web on the port that this page came from, with the session in a cookie that no script can read. */

import { Code, ConnectError, type Interceptor } from "@connectrpc/connect";
import { createGrpcWebTransport } from "@connectrpc/connect-web";

type Listener = () => void;

const signedOutListeners = new Set<Listener>();

/** Calls `listener` whenever the server no longer knows who calls. Returns how to stop that. */
export function onSignedOut(listener: Listener): () => void {
  signedOutListeners.add(listener);
  return () => signedOutListeners.delete(listener);
}

const noticeSignedOut: Interceptor = (next) => async (request) => {
  try {
    return await next(request);
  } catch (error) {
    if (ConnectError.from(error).code === Code.Unauthenticated) for (const tell of signedOutListeners) tell();
    throw error;
  }
};

export const transport = createGrpcWebTransport({
  baseUrl: globalThis.location.origin,
  interceptors: [noticeSignedOut],
});
