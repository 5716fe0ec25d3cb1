import type { StackFrame } from '../stack-frame.js';
import type { SourceMap } from './source-map.js';

/** Frames, and the text that tells them. */
export interface MappedFrames {
  readonly text: string;
  readonly frames: readonly StackFrame[];
}

/**
 * Tells frames by their sources: file, line and column, and the names that a minifier took away. Frames whose file has no
 * map stay as they are.
 */
export function mapFrames(
  text: string,
  frames: readonly StackFrame[],
  mapOf: (location: string) => SourceMap | undefined,
): MappedFrames {
  let mapped = '';
  let copied = 0;
  const told = frames.map((frame) => {
    const map = frame.line > 0 && frame.to > frame.from ? mapOf(frame.location) : undefined;
    const place = map?.place(frame.line, frame.column);
    if (map === undefined || place === undefined) return frame;
    const name = sourceName(frame, map);
    if (name !== undefined && name !== frame.functionName) {
      mapped += text.slice(copied, frame.nameFrom) + name;
      copied = frame.nameFrom + frame.functionName.length;
    }
    mapped += `${text.slice(copied, frame.from)}${place.source}:${place.line}:${place.column}`;
    copied = frame.to;
    return { ...frame, location: place.source, line: place.line, column: place.column, functionName: name ?? '' };
  });
  return { text: mapped + text.slice(copied), frames: told };
}

/** The name in the sources, part by part: `t.handle` may be `Layer.handle`. Undefined where a minifier's name stays unknown. */
function sourceName({ functionName, line, column }: StackFrame, map: SourceMap): string | undefined {
  if (!map.isMinified || functionName === '') return functionName;
  const parts = functionName.split('.');
  let last: string | undefined;
  const named = parts.map((part, index) => {
    const name = map.nameOf(part, line, column) ?? (part.length <= 3 ? undefined : part);
    if (index === parts.length - 1) last = name;
    return name ?? part;
  });
  return last === undefined ? undefined : named.join('.');
}
