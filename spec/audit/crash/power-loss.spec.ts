import { expect } from 'chai';
import { runPowerLoss } from './power-loss.js';

describe('a ledger after a power failure', function () {
  this.timeout(120_000);
  const IMAGES = 16;
  const seed = Number(process.env['SPEC_SEED'] ?? Date.now() % 1_000_000);

  it('has what was acknowledged, where the disk holds what was synced and nothing else', async () => {
    const { faults, images } = await runPowerLoss({ images: IMAGES, seed, isSyncing: true, isTearing: false });
    expect(faults, `SPEC_SEED=${seed}`).to.deep.equal([]);
    expect(images).to.be.above(IMAGES / 2);
  });

  it('has what was acknowledged, where sectors that were not synced are there or not', async () => {
    const { faults } = await runPowerLoss({ images: IMAGES, seed, isSyncing: true, isTearing: true });
    expect(faults, `SPEC_SEED=${seed}`).to.deep.equal([]);
  });

  // The control: these images tell whether a ledger syncs.
  it('lacks it where the disk does not sync', async () => {
    const { faults } = await runPowerLoss({ images: 1, seed, isSyncing: false, isTearing: false });
    expect(faults).to.have.length.above(0);
  });
});
