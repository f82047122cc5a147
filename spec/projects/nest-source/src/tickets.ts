import type { OnApplicationShutdown, OnModuleInit } from '@nestjs/common';
import { Injectable } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { EventEmitter2 } from '@nestjs/event-emitter';
import { Exclude, Expose } from 'class-transformer';
import { IsInt, IsString, Length, Max } from 'class-validator';

import { TicketClosed } from './around-handlers.js';
import { ledger } from './ledger.js';
import { Above, Below, OnClassAbove, OnClassBelow } from './placement.js';

export class NewTicket {
  @ApiProperty({ description: 'What it is about' })
  @IsString()
  @Length(3, 40)
  title!: string;

  @ApiProperty({ minimum: 0, maximum: 5 })
  @IsInt()
  @Max(5)
  priority!: number;
}

export class TicketView {
  @ApiProperty()
  id!: number;

  @ApiProperty()
  title!: string;

  @Expose({ groups: ['desk'] })
  note?: string;

  @Exclude()
  secret?: string;

  constructor(values: Partial<TicketView>) {
    Object.assign(this, values);
  }
}

@OnClassAbove
@Injectable()
@OnClassBelow
export class TicketStore {
  @Above
  @Below
  async load(id: number): Promise<TicketView> {
    ledger.enter(this instanceof TicketStore, 'TicketStore.load');
    await Promise.resolve();
    if (id === 13) throw new TicketClosed('13');
    return new TicketView({ id, title: `ticket ${id}`, note: 'for the desk', secret: 'hidden' });
  }

  @Above
  @Below
  *ids(limit: number): Generator<number> {
    ledger.enter(this instanceof TicketStore, 'TicketStore.ids');
    for (let id = 1; id <= limit; id++) yield id;
  }
}

@OnClassAbove
@Injectable()
@OnClassBelow
export class TicketService implements OnModuleInit, OnApplicationShutdown {
  constructor(
    private readonly store: TicketStore,
    private readonly events: EventEmitter2,
  ) {}

  @Above
  @Below
  static label(id: number): string {
    ledger.enter(this === TicketService, 'TicketService.label');
    return `T-${id}`;
  }

  @Above
  @Below
  onModuleInit(): void {
    ledger.enter(this instanceof TicketService, 'TicketService.onModuleInit');
  }

  @Above
  @Below
  async onApplicationShutdown(): Promise<void> {
    ledger.enter(this instanceof TicketService, 'TicketService.onApplicationShutdown');
    await Promise.resolve();
  }

  @Above
  @Below
  async find(id: number): Promise<TicketView> {
    ledger.enter(this instanceof TicketService, 'TicketService.find');
    return await this.store.load(id);
  }

  @Above
  @Below
  async create(ticket: NewTicket): Promise<{ label: string; events: unknown[] }> {
    ledger.enter(this instanceof TicketService, 'TicketService.create');
    const isInstance = ticket instanceof NewTicket;
    const events = await this.events.emitAsync('ticket.created', { title: ticket.title, isInstance });
    this.events.emit('ticket.counted', ticket.priority);
    return { label: TicketService.label(ticket.priority), events };
  }

  @Above
  @Below
  ids(limit: number): number[] {
    ledger.enter(this instanceof TicketService, 'TicketService.ids');
    return [...this.store.ids(limit)];
  }
}
