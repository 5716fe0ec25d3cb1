import { request } from 'node:https';
import { text } from 'node:stream/consumers';
import type { KubernetesObject } from './kustomize.js';

/** Kubernetes' API, as somebody with a token sees it. */
export class KubernetesApi {
  constructor(
    readonly url: string,
    readonly certificate: string,
    readonly token: string,
  ) {}

  // biome-ignore lint/suspicious/noExplicitAny: objects of any kind
  get(path: string): Promise<any> {
    return this.ask('GET', path);
  }

  // biome-ignore lint/suspicious/noExplicitAny: objects of any kind
  create(path: string, body: object): Promise<any> {
    return this.ask('POST', path, body);
  }

  // biome-ignore lint/suspicious/noExplicitAny: objects of any kind
  merge(path: string, body: object): Promise<any> {
    return this.ask('PATCH', path, body, 'application/merge-patch+json');
  }

  async pods(namespace: string, name: string): Promise<KubernetesObject[]> {
    const selector = encodeURIComponent(`app.kubernetes.io/name=${name}`);
    return (await this.get(`/api/v1/namespaces/${namespace}/pods?labelSelector=${selector}`)).items;
  }

  /** Throws with the server's words where it does not do what it is asked. */
  async ask(method: string, path: string, body?: object, type = 'application/json'): Promise<unknown> {
    const { url, certificate: ca, token } = this;
    const headers = { authorization: `Bearer ${token}`, 'content-type': type };
    const answer = await new Promise<{ status: number; said: string }>((resolve, reject) => {
      const asked = request(`${url}${path}`, { method, ca, headers, agent: false }, async (response) => {
        resolve({ status: response.statusCode as number, said: await text(response) });
      });
      asked.on('error', reject).end(body === undefined ? undefined : JSON.stringify(body));
    });
    if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.status} ${answer.said}`);
    return answer.said.startsWith('{') ? JSON.parse(answer.said) : answer.said;
  }
}
