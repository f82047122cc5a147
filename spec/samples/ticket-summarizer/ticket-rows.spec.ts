import { expect } from 'chai';

import { readTicketRows } from '../../../samples/ticket-summarizer/ticket-rows.js';
import { SampleFolder } from './sample-run.js';

describe('ticket rows', () => {
  const folder = new SampleFolder();
  after(() => folder.dispose());

  const read = (content: string) => readTicketRows(folder.write('tickets.csv', content));

  it('take ids, numbers and texts from the file', async () => {
    const rows = await read(
      '\uFEFFTicket_ID,serial_no,text\r\nA-1,7,"one, two\r\n""three"""\r\n\r\nA-2,S-8, four \r\n',
    );
    expect(rows).to.deep.equal([
      { ticketId: 'A-1', serialNo: 7, text: 'one, two\r\n"three"' },
      { ticketId: 'A-2', serialNo: 'S-8', text: 'four' },
    ]);
  });

  it('get an id and a number when the file has texts alone', async () => {
    expect(await read('text,category\nfirst,a\n"",b\n')).to.deep.equal([
      { ticketId: 'ticket-1', serialNo: 1, text: 'first' },
      { ticketId: 'ticket-2', serialNo: 2, text: '' },
    ]);
  });

  it('leave the text to the ticket API when the file has ids alone', async () => {
    expect(await read('ticket_id\nA-1\n')).to.deep.equal([{ ticketId: 'A-1', serialNo: 1 }]);
    expect(await read('serial_no\n41\n')).to.deep.equal([{ ticketId: '41', serialNo: 41 }]);
  });

  it('name the problem of a row that cannot be used', async () => {
    const rows = await read('ticket_id,text\nA-1,x\nA-2,x,y\nA-1,z\n');
    expect(rows.map(({ problem }) => problem)).to.deep.equal([
      undefined,
      'row 2 has 3 fields, the header has 2',
      'row 3 repeats the ticket id A-1',
    ]);
  });

  it('keep a stray quote as part of the text', async () => {
    const [row] = await read('text,category\nmy 5" screen is broken,hardware\n');
    expect(row?.text).to.equal('my 5" screen is broken');
  });
});
