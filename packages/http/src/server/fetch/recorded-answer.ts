import { runtimeState } from '@otel-monitor/runtime';
import { chunkBytes, contentLength } from '../../body-size.js';
import type { RequestEnd, ServerRequest } from '../server-request.js';

/** Ends a request whose answer nobody read to its end, when nobody can any more. */
const unread = new FinalizationRegistry<() => void>((end) => end());

/**
 * The same answer, by whose body the request ends: when it has been read to its end, was cancelled, broke, or can be read by
 * nobody any more. One without a body ends it now.
 */
export function recordedAnswer(request: ServerRequest, { method, headers }: Request, response: Response): Response {
  const { status, body } = response;
  const isMeasured = runtimeState.http.bodySizes;
  const requestBytes = isMeasured ? contentLength(headers.get('content-length') ?? undefined) : undefined;
  const end = (how: Omit<RequestEnd, 'status'>) => request.answered({ status, requestBytes, ...how });
  if (body === null || method === 'HEAD' || body.locked) {
    end({ isComplete: true, responseBytes: isMeasured && !body?.locked ? 0 : undefined });
    return response;
  }
  const counted = followed(body, end, isMeasured);
  unread.register(counted, () => end({ isComplete: false }));
  return new Response(counted, response);
}

function followed(
  body: ReadableStream<Uint8Array>,
  end: (how: Omit<RequestEnd, 'status'>) => void,
  isMeasured: boolean,
): ReadableStream<Uint8Array> {
  const reader = body.getReader();
  let bytes = 0;
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          const { done, value } = await reader.read();
          if (done) {
            end({ isComplete: true, responseBytes: isMeasured ? bytes : undefined });
            controller.close();
            return;
          }
          bytes += chunkBytes(value, undefined);
          controller.enqueue(value);
        } catch (error) {
          end({ isComplete: false, error });
          throw error;
        }
      },
      cancel(reason) {
        // the client went away: why it did is no error of the service
        end({ isComplete: false });
        return reader.cancel(reason);
      },
    },
    // reads nothing ahead of whoever reads it
    { highWaterMark: 0 },
  );
}
