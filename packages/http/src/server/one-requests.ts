import { ServerRequests } from './server-requests.js';

/** Whichever server, framework or function a request comes through, it is started here. */
export const oneRequests: ServerRequests = new ServerRequests();
