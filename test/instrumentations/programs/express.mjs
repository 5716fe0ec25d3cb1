import express from 'express';
import ask from './ask.cjs';
import run from './express-app.cjs';

await run(express, ask);
