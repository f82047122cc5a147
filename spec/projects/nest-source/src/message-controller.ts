import type { CanActivate, ExecutionContext } from '@nestjs/common';
import { Controller, Injectable, ParseIntPipe, UseFilters, UseGuards } from '@nestjs/common';
import type { RpcExceptionFilter } from '@nestjs/common';
import { Catch } from '@nestjs/common';
import { Ctx, EventPattern, MessagePattern, Payload, RpcException, TcpContext } from '@nestjs/microservices';
import { Observable, range, throwError } from 'rxjs';

import { Roles } from './guards.js';
import { Reflector } from '@nestjs/core';
import { ledger } from './ledger.js';
import { Above, Below, Between, OnClassAbove, OnClassBelow } from './placement.js';
import { TicketService } from './tickets.js';

@OnClassAbove
@Injectable()
@OnClassBelow
export class SenderGuard implements CanActivate {
  constructor(private readonly reflector: Reflector) {}

  @Above
  @Below
  canActivate(context: ExecutionContext): boolean {
    ledger.enter(this instanceof SenderGuard, 'SenderGuard.canActivate');
    const { role } = context.switchToRpc().getData<{ role: string }>();
    return this.reflector.get(Roles, context.getHandler())?.includes(role) ?? true;
  }
}

@OnClassAbove
@Catch(RpcException)
@OnClassBelow
export class RefusalFilter implements RpcExceptionFilter<RpcException> {
  @Above
  @Below
  catch(error: RpcException): Observable<never> {
    ledger.enter(this instanceof RefusalFilter, 'RefusalFilter.catch');
    return throwError(() => ({ refused: error.getError() }));
  }
}

@OnClassAbove
@Controller()
@OnClassBelow
export class MessageController {
  constructor(private readonly tickets: TicketService) {}

  @Above
  @MessagePattern({ cmd: 'sum' })
  @Below
  sum(@Payload('values') values: number[], @Ctx() context: TcpContext): [number, string] {
    ledger.enter(this instanceof MessageController, 'MessageController.sum');
    return [values.reduce((sum, value) => sum + value, 0), context.getPattern()];
  }

  @Above
  @MessagePattern('title')
  @Below
  async title(@Payload('id', ParseIntPipe) id: number): Promise<string> {
    ledger.enter(this instanceof MessageController, 'MessageController.title');
    return (await this.tickets.find(id)).title;
  }

  @Above
  @MessagePattern('count')
  @Below
  count(@Payload() limit: number): Observable<number> {
    ledger.enter(this instanceof MessageController, 'MessageController.count');
    return range(1, limit);
  }

  @Above
  @MessagePattern('secret')
  @Between
  @UseGuards(SenderGuard)
  @Roles(['owner'])
  @Below
  secret(): string {
    ledger.enter(this instanceof MessageController, 'MessageController.secret');
    return 'for owners';
  }

  @Above
  @MessagePattern('refuse')
  @Between
  @UseFilters(RefusalFilter)
  @Below
  async refuse(@Payload() why: string): Promise<never> {
    ledger.enter(this instanceof MessageController, 'MessageController.refuse');
    await Promise.resolve();
    throw new RpcException(why);
  }

  @Above
  @EventPattern('noted')
  @Below
  async noted(@Payload() id: number): Promise<void> {
    ledger.enter(this instanceof MessageController, 'MessageController.noted');
    await this.tickets.find(id);
    ledger.note('noted is over');
  }
}
