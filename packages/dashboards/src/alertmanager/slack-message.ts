/** A message in Slack, as templates of Alertmanager. */
export interface SlackMessage {
  readonly title: string;
  readonly title_link: string;
  readonly text: string;
  readonly fallback: string;
  readonly color: string;
}

/** What Slack takes for its own signs: a summary may hold a route, a message of an error, a comparison. */
const SLACK_SIGNS = { '&': '&amp;', '<': '&lt;', '>': '&gt;' } as const;

const plain = (text: string): string =>
  text.replaceAll(/[&<>]/g, (sign) => SLACK_SIGNS[sign as keyof typeof SLACK_SIGNS]);

/** A value of a template, as text that Slack shows as it is. */
const value = (path: string): string => {
  const steps = Object.entries(SLACK_SIGNS).map(([sign, as]) => ` | reReplaceAll "${sign}" "${as}"`);
  return `{{ ${path}${steps.join('')} }}`;
};

/** Says that the group of a message fires, and how often, or that it is over. */
const STATE = '{{ if eq .Status "firing" }}{{ .Alerts.Firing | len }} firing{{ else }}resolved{{ end }}';

/** Alerts of other rules may have no summary. */
const SUMMARY = value('or .Annotations.summary .Labels.alertname');

/** A runbook that is an address is a link; a path in a repository is told as it is. */
const RUNBOOK = `{{ with .Annotations.runbook_url }}{{ if match "^https?://" . }}<${value('.')}|Runbook>{{ else }}Runbook: ${value('.')}{{ end }}{{ end }}`;

const DASHBOARD = `{{ with .Annotations.dashboard_url }} · <${value('.')}|Dashboard>{{ end }}`;

/** What one message has to say: each alert of its group with what it means and where to read on. */
export function slackMessage(service: string): SlackMessage {
  const title = `${plain(service)} Alert: ${value('.GroupLabels.alertname')} (${STATE})`;
  return {
    title,
    title_link: '{{ .ExternalURL }}/#/alerts?receiver={{ .Receiver | urlquery }}',
    text: [
      `{{ range .Alerts }}*{{ if eq .Status "firing" }}{{ .Labels.severity | toUpper }}{{ else }}RESOLVED{{ end }}* ${SUMMARY}`,
      `{{ if eq .Status "firing" }}${value('.Annotations.description')}`,
      `${RUNBOOK}${DASHBOARD}`,
      '{{ end }}{{ end }}',
    ].join('\n'),
    fallback: `${title}: {{ range .Alerts }}${SUMMARY} {{ end }}`,
    color:
      '{{ if eq .Status "resolved" }}good{{ else if eq .CommonLabels.severity "critical" }}danger{{ else }}warning{{ end }}',
  };
}
