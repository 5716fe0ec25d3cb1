/** A message in Slack, as templates of Alertmanager. */
export interface SlackMessage {
  readonly title: string;
  readonly title_link: string;
  readonly text: string;
  readonly fallback: string;
  readonly color: string;
}

/** Says that the group of a message fires, and how often, or that it is over. */
const STATE = '{{ if eq .Status "firing" }}{{ .Alerts.Firing | len }} firing{{ else }}resolved{{ end }}';

/** A runbook that is an address is a link; a path in a repository is told as it is. */
const RUNBOOK =
  '{{ with .Annotations.runbook_url }}{{ if match "^https?://" . }}<{{ . }}|Runbook>{{ else }}Runbook: {{ . }}{{ end }}{{ end }}';

/** What one message has to say: each alert of its group with what it means and where to read on. */
export function slackMessage(service: string): SlackMessage {
  const title = `${service} Alert: {{ .GroupLabels.alertname }} (${STATE})`;
  return {
    title,
    title_link: '{{ .ExternalURL }}/#/alerts?receiver={{ .Receiver | urlquery }}',
    text: [
      '{{ range .Alerts }}*{{ if eq .Status "firing" }}{{ .Labels.severity | toUpper }}{{ else }}RESOLVED{{ end }}* {{ .Annotations.summary }}',
      '{{ if eq .Status "firing" }}{{ .Annotations.description }}',
      `${RUNBOOK}`,
      '{{ end }}{{ end }}',
    ].join('\n'),
    fallback: `${title}: {{ range .Alerts }}{{ .Annotations.summary }} {{ end }}`,
    color:
      '{{ if eq .Status "resolved" }}good{{ else if eq .CommonLabels.severity "critical" }}danger{{ else }}warning{{ end }}',
  };
}
