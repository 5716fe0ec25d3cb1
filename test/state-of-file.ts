import { ownState } from './own-state.js';

// what one file of tests leaves is not what another one finds
Object.assign(process.env, ownState());
