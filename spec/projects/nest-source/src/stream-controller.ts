import { Readable } from 'node:stream';

import type { MessageEvent } from '@nestjs/common';
import { Controller, Get, Header, Sse, StreamableFile } from '@nestjs/common';
import { finalize, interval, map, Observable, of, range } from 'rxjs';

import { ledger } from './ledger.js';
import { Above, Below, Between, OnClassAbove, OnClassBelow } from './placement.js';
import { TicketService } from './tickets.js';

@OnClassAbove
@Controller('streams')
@OnClassBelow
export class StreamController {
  constructor(private readonly tickets: TicketService) {}

  @Above
  @Sse('three')
  @Below
  three(): Observable<MessageEvent> {
    ledger.enter(this instanceof StreamController, 'StreamController.three');
    return range(1, 3).pipe(map((id) => ({ id: String(id), data: { id, all: this.tickets.ids(id) } })));
  }

  @Above
  @Sse('later')
  @Below
  async later(): Promise<Observable<MessageEvent>> {
    ledger.enter(this instanceof StreamController, 'StreamController.later');
    const { title } = await this.tickets.find(4);
    return of({ type: 'ticket', data: title });
  }

  @Above
  @Sse('endless')
  @Below
  endless(): Observable<MessageEvent> {
    ledger.enter(this instanceof StreamController, 'StreamController.endless');
    return interval(5).pipe(
      map((tick) => ({ data: { tick } })),
      finalize(() => ledger.note('endless is over')),
    );
  }

  @Above
  @Sse('failing')
  @Below
  failing(): Observable<MessageEvent> {
    ledger.enter(this instanceof StreamController, 'StreamController.failing');
    return new Observable((subscriber) => {
      subscriber.next({ data: 'one' });
      subscriber.error(new Error('no more'));
    });
  }

  @Above
  @Get('last')
  @Between
  @Header('x-last', 'yes')
  @Below
  last(): Observable<number> {
    ledger.enter(this instanceof StreamController, 'StreamController.last');
    return range(1, 3);
  }

  @Above
  @Get('file')
  @Between
  @Header('content-type', 'text/csv')
  @Below
  file(): StreamableFile {
    ledger.enter(this instanceof StreamController, 'StreamController.file');
    return new StreamableFile(Readable.from([Buffer.from('id\n'), Buffer.from('1\n')]), { disposition: 'attachment' });
  }
}
