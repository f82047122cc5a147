import type { CanActivate, ExecutionContext, Type } from '@nestjs/common';
import { Injectable, mixin, SetMetadata, UnauthorizedException } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Request } from 'express';
import type { Observable } from 'rxjs';
import { of } from 'rxjs';

import { ledger } from './ledger.js';
import { Above, Below, OnClassAbove, OnClassBelow } from './placement.js';

export const Roles = Reflector.createDecorator<string[]>();
export const Public = (): MethodDecorator & ClassDecorator => SetMetadata('public', true);

function header(context: ExecutionContext, name: string): string | undefined {
  return context.switchToHttp().getRequest<Request>().get(name);
}

/** Global: whoever has no key gets in only where the handler or its class says so. */
@OnClassAbove
@Injectable()
@OnClassBelow
export class KeyGuard implements CanActivate {
  constructor(private readonly reflector: Reflector) {}

  @Above
  @Below
  canActivate(context: ExecutionContext): boolean {
    ledger.enter(this instanceof KeyGuard, 'KeyGuard.canActivate');
    if (context.getType() !== 'http') return true;
    const isPublic = this.reflector.getAllAndOverride<boolean | undefined>('public', [
      context.getHandler(),
      context.getClass(),
    ]);
    if (isPublic !== true && header(context, 'x-key') === undefined) throw new UnauthorizedException('no key');
    return true;
  }
}

/** On methods: refuses when a role is asked for; where the metadata is lost, everybody gets in. */
@OnClassAbove
@Injectable()
@OnClassBelow
export class RolesGuard implements CanActivate {
  constructor(private readonly reflector: Reflector) {}

  @Above
  @Below
  async canActivate(context: ExecutionContext): Promise<boolean> {
    ledger.enter(this instanceof RolesGuard, 'RolesGuard.canActivate');
    await Promise.resolve();
    const roles = this.reflector.get(Roles, context.getHandler());
    return roles === undefined || roles.includes(header(context, 'x-role') ?? '');
  }
}

/** On classes; answers with an Observable. */
@OnClassAbove
@Injectable()
@OnClassBelow
export class TeamGuard implements CanActivate {
  @Above
  @Below
  canActivate(context: ExecutionContext): Observable<boolean> {
    ledger.enter(this instanceof TeamGuard, 'TeamGuard.canActivate');
    return of(header(context, 'x-team') === 'support');
  }
}

/** A guard class for each header, as Nest's `mixin()` makes them. */
export function NeedsHeader(name: string): Type<CanActivate> {
  @OnClassAbove
  @Injectable()
  @OnClassBelow
  class HeaderGuard implements CanActivate {
    @Above
    @Below
    canActivate(context: ExecutionContext): boolean {
      ledger.enter(this instanceof HeaderGuard, 'HeaderGuard.canActivate');
      return header(context, name) !== undefined;
    }
  }
  return mixin(HeaderGuard);
}
