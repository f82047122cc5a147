const start = performance.now();
await import('spanwright');
console.log(performance.now() - start);
