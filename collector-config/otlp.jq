# Reads what files.yaml writes. With jq 1.6 or later, in the root of the repository:
#
#   jq -L collector-config 'include "otlp"; records | select(.severity >= 17)' out/logs.jsonl

# An AnyValue as a plain value.
def plain:
  if has("stringValue") then .stringValue
  elif has("intValue") then .intValue | tonumber
  elif has("doubleValue") then .doubleValue
  elif has("boolValue") then .boolValue
  elif has("arrayValue") then [.arrayValue.values[]? | plain]
  elif has("kvlistValue") then [.kvlistValue.values[]? | { key, value: (.value | plain) }] | from_entries
  else .bytesValue end;

def attributes: [.[]? | { key, value: (.value | plain) }] | from_entries;

# Log records: one object each.
def records:
  .resourceLogs[]?
  | (.resource.attributes | attributes) as $resource
  | .scopeLogs[]?.logRecords[]?
  | {
      service: $resource["service.name"],
      time: ((.timeUnixNano // .observedTimeUnixNano | tonumber) / 1e9 | floor | todate),
      nanos: (.timeUnixNano // .observedTimeUnixNano),
      severity: (.severityNumber // 0),
      level: .severityText,
      body: (.body // {} | plain),
      trace: .traceId,
      span: .spanId,
      event: .eventName,
      attributes: (.attributes | attributes)
    };

# Spans: one object each.
def spans:
  .resourceSpans[]?
  | (.resource.attributes | attributes) as $resource
  | .scopeSpans[]?.spans[]?
  | {
      service: $resource["service.name"],
      name,
      trace: .traceId,
      seconds: (((.endTimeUnixNano | tonumber) - (.startTimeUnixNano | tonumber)) / 1e9),
      failed: (.status.code == 2),
      attributes: (.attributes | attributes)
    };

# Of sorted numbers, the one below which this share of them is.
def percentile($share): .[(length * $share | ceil) - 1 | if . < 0 then 0 else . end];

# A message without what differs from case to case.
def pattern: tostring | gsub("[0-9a-f]{8,}|\\d+"; "N");
