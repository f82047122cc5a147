import { Injectable } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import { OnEvent } from '@nestjs/event-emitter';
import { Cron, Interval, Timeout } from '@nestjs/schedule';

import { ledger } from './ledger.js';
import { Above, Below, Between, OnClassAbove, OnClassBelow } from './placement.js';
import { TicketService } from './tickets.js';

/** A decorator of the application, whose holders it finds with Nest's discovery. */
export const Announced = DiscoveryService.createDecorator<string>();

@OnClassAbove
@Injectable()
@OnClassBelow
export class Jobs {
  constructor(private readonly tickets: TicketService) {}

  @Above
  @Cron('* * * * * *', { name: 'each second' })
  @Between
  @Announced('by the second')
  @Below
  async eachSecond(): Promise<void> {
    ledger.enter(this instanceof Jobs, 'Jobs.eachSecond');
    await this.tickets.find(5);
  }

  @Above
  @Interval('often', 20)
  @Below
  often(): void {
    ledger.enter(this instanceof Jobs, 'Jobs.often');
  }

  @Above
  @Timeout('once', 5)
  @Below
  once(): void {
    ledger.enter(this instanceof Jobs, 'Jobs.once');
  }
}

@OnClassAbove
@Injectable()
@OnClassBelow
export class Listeners {
  @Above
  @OnEvent('ticket.created')
  @Below
  async created(ticket: { title: string; isInstance: boolean }): Promise<string> {
    ledger.enter(this instanceof Listeners, 'Listeners.created');
    await Promise.resolve();
    return `heard of ${ticket.title}, ${ticket.isInstance}`;
  }

  @Above
  @OnEvent('ticket.counted')
  @OnEvent('ticket.recounted')
  @Between
  @Announced('by count')
  @Below
  counted(priority: number): void {
    ledger.enter(this instanceof Listeners, 'Listeners.counted');
    if (priority > 4) throw new Error('a listener that fails');
  }
}
