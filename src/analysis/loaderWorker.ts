import { parentPort } from 'node:worker_threads';
import { serve } from '../base/rpc';
import type { LoaderContract } from './loaderContract';
import { loaderTasks } from './loaderTasks';
import { portToOwner } from './workerPort';

serve<LoaderContract>(portToOwner(parentPort!), loaderTasks());
