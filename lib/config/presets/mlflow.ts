import type { BackendPreset } from './preset.js';
import { always } from './preset.js';

/** MLflow from 3.6 on. Source: mlflow.org/docs, OpenTelemetry, read 2026-11-20. */
export const mlflow: BackendPreset = {
  about: 'MLflow 3.6 and later, with a SQL store',
  vocabulary: 'gen-ai',
  content: 'redacted',
  limits: {},
  fields: {
    experimentId: {
      meaning: 'the id of the experiment',
      variables: ['MLFLOW_EXPERIMENT_ID'],
      isNeeded: always,
    },
  },
  http: {
    // JSON is answered with 400 up to 3.10.
    encodings: ['protobuf'],
    path: () => '/v1/traces',
    defaultUrl: () => 'http://localhost:5000',
    endpointVariables: ['MLFLOW_TRACKING_URI'],
    headers: ({ experimentId }) => ({ 'x-mlflow-experiment-id': experimentId }),
  },
  quota: '',
  example: "{ provider: 'mlflow', experimentId: '0' }",
};
