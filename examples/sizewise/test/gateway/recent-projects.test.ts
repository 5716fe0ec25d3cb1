import { expect, it } from 'vitest';
import { RecentProjects } from '../../src/gateway/recent-projects.js';

it('the project that was calculated longest ago makes room', () => {
  const projects = new RecentProjects(2);
  for (const id of ['a', 'b', 'a', 'c']) projects.keep(id, `result of ${id}`);
  expect(['a', 'b', 'c'].map((id) => projects.find(id))).toEqual(['result of a', undefined, 'result of c']);
});
