/** Older lines under an alias: what is used of them fits the types of the newer ones. */
declare module 'express4' {
  export { default } from 'express';
}
declare module 'koa2' {
  export { default } from 'koa';
}
declare module 'router2.2' {
  const Router: () => import('express').Router;
  export default Router;
}
