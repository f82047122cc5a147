import { collector } from './collector.mjs';
import { jaeger } from './jaeger.mjs';
import { mlflow } from './mlflow.mjs';
import { phoenix } from './phoenix.mjs';

/** The backends that are started for real, in the order in which they are told of. */
export const backends = [phoenix, mlflow, collector, jaeger];
