import { expect } from 'chai';
import type { FinishedSpan } from 'spanwright';
import type { ProjectionRules } from '#lib/pipeline/projection/projection-rules.js';
import { projectSpan } from '#lib/pipeline/projection/project-span.js';
import { EVERY_SPAN } from '#lib/pipeline/selection/selection.js';
import { createPrivacy } from '#lib/privacy/privacy.js';
import { madeSpan } from '../made-spans.js';

const TOKEN = 'ghp_x7Kq2LmN9pRs4TuVw6YzA1bCd3EfG5hJ8kQ0';
const privacy = createPrivacy();

function rulesWith(resourceAttributes: Readonly<Record<string, string>>): ProjectionRules {
  return {
    content: 'redacted',
    selection: EVERY_SPAN,
    vocabulary: 'gen-ai',
    resource: undefined,
    resourceAttributes,
    hidden: new Set(),
    maxContentChars: undefined,
    privacy,
  };
}

const resource = { attributes: { 'service.name': 'tickets', team: 'a' } };
const seen = (rules: ProjectionRules, id: number): FinishedSpan['resource'] =>
  projectSpan(madeSpan({ id, resource }) as unknown as Parameters<typeof projectSpan>[0], rules).resource;

describe('attributes of the resource for one destination', () => {
  it('are added for that destination alone, and stand over those that are there', () => {
    const project = rulesWith({ 'openinference.project.name': 'desk', team: 'b' });
    expect(seen(project, 1).attributes).to.deep.equal({
      'service.name': 'tickets',
      team: 'b',
      'openinference.project.name': 'desk',
    });
    expect(seen(rulesWith({}), 2)).to.equal(resource);
    expect(resource.attributes).to.deep.equal({ 'service.name': 'tickets', team: 'a' });
  });

  it('give one resource for all spans that share theirs, so that exporters group them', () => {
    const [one, other] = [rulesWith({ team: 'b' }), rulesWith({ team: 'c' })];
    expect(seen(one, 1)).to.equal(seen(one, 2));
    expect(seen(other, 3)).to.equal(seen(other, 4));
    expect(seen(one, 5).attributes).to.include({ team: 'b' });
  });

  it('pass the gate', () => {
    expect(JSON.stringify(seen(rulesWith({ note: TOKEN }), 1))).to.not.contain(TOKEN);
  });
});
