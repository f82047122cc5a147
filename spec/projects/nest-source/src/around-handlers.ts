import type {
  ArgumentsHost,
  CallHandler,
  ExceptionFilter,
  ExecutionContext,
  NestInterceptor,
  NestMiddleware,
  PipeTransform,
} from '@nestjs/common';
import { Catch, createParamDecorator, Injectable, NotFoundException } from '@nestjs/common';
import type { NextFunction, Request, Response } from 'express';
import type { Observable } from 'rxjs';
import { map } from 'rxjs';

import { ledger } from './ledger.js';
import { Above, Below, OnClassAbove, OnClassBelow } from './placement.js';

export const CurrentUser = createParamDecorator((prefix: string, context: ExecutionContext) => {
  const user = context.switchToHttp().getRequest<Request>().get('x-user') ?? 'nobody';
  return `${prefix}${user}`;
});

@OnClassAbove
@Injectable()
@OnClassBelow
export class TrimPipe implements PipeTransform<unknown, unknown> {
  @Above
  @Below
  transform(value: unknown): unknown {
    ledger.enter(this instanceof TrimPipe, 'TrimPipe.transform');
    return typeof value === 'string' ? value.trim() : value;
  }
}

@OnClassAbove
@Injectable()
@OnClassBelow
export class KnownPipe implements PipeTransform<number, Promise<number>> {
  @Above
  @Below
  async transform(id: number): Promise<number> {
    ledger.enter(this instanceof KnownPipe, 'KnownPipe.transform');
    await Promise.resolve();
    if (id > 100) throw new NotFoundException(`no ticket ${id}`);
    return id;
  }
}

@OnClassAbove
@Injectable()
@OnClassBelow
export class EnvelopeInterceptor implements NestInterceptor {
  @Above
  @Below
  intercept(_context: ExecutionContext, next: CallHandler): Observable<unknown> {
    ledger.enter(this instanceof EnvelopeInterceptor, 'EnvelopeInterceptor.intercept');
    return next.handle().pipe(map((data: unknown) => ({ data })));
  }
}

/** Tells what Nest calls the handler that it runs. */
@OnClassAbove
@Injectable()
@OnClassBelow
export class StampInterceptor implements NestInterceptor {
  @Above
  @Below
  async intercept(context: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
    ledger.enter(this instanceof StampInterceptor, 'StampInterceptor.intercept');
    await Promise.resolve();
    const handler = `${context.getClass().name}.${context.getHandler().name}/${context.getHandler().length}`;
    context.switchToHttp().getResponse<Response>().setHeader('x-handler', handler);
    return next.handle();
  }
}

export class TicketClosed extends Error {}

@OnClassAbove
@Catch(TicketClosed)
@OnClassBelow
export class ClosedFilter implements ExceptionFilter<TicketClosed> {
  @Above
  @Below
  catch(error: TicketClosed, host: ArgumentsHost): void {
    ledger.enter(this instanceof ClosedFilter, 'ClosedFilter.catch');
    host.switchToHttp().getResponse<Response>().status(410).json({ closed: error.message });
  }
}

@OnClassAbove
@Injectable()
@OnClassBelow
export class RequestLog implements NestMiddleware {
  @Above
  @Below
  use(_request: Request, response: Response, next: NextFunction): void {
    ledger.enter(this instanceof RequestLog, 'RequestLog.use');
    response.setHeader('x-logged', 'yes');
    next();
  }
}
