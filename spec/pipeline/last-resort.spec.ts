import { expect } from 'chai';
import { LeavingProgram } from './leaving-program.js';

describe('the last resort', () => {
  it('is standard error where the file that is named cannot be written', async () => {
    const program = new LeavingProgram(
      'http://127.0.0.1:1',
      `const full = configureTracing({ logger: { warn() {} }, lastResort: '/nowhere/at/all/lost.log',
         destinations: [{ provider: 'otlp', endpoint: 'http://127.0.0.1:1', maxQueue: 5 }] });
       burst(15); process.exit(0);`,
    );
    const { errors } = await program.end();
    expect(errors).to.contain('1 span is lost so far').and.contain('10 spans are lost so far');
  });
});
