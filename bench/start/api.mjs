const start = performance.now();
await import('@opentelemetry/api');
console.log(performance.now() - start);
