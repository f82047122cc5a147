import { AsyncLocalStorage } from 'node:async_hooks';

import type { CanActivate, ExecutionContext, NestMiddleware } from '@nestjs/common';
import { Controller, Get, Injectable, UseGuards } from '@nestjs/common';
import type { NextFunction, Request, Response } from 'express';

import { ledger } from './ledger.js';
import { Above, Below, OnClassAbove, OnClassBelow } from './placement.js';

// Storage of the application's own, filled in the two ways that its libraries use.
const tenants = new AsyncLocalStorage<string>();
const regions = new AsyncLocalStorage<string>();

@OnClassAbove
@Injectable()
@OnClassBelow
export class RegionMiddleware implements NestMiddleware {
  @Above
  @Below
  use(request: Request, _response: Response, next: NextFunction): void {
    ledger.enter(this instanceof RegionMiddleware, 'RegionMiddleware.use');
    regions.run(request.get('x-region') ?? 'nowhere', next);
  }
}

/** Leaves something for the rest of the request. */
@OnClassAbove
@Injectable()
@OnClassBelow
export class TenantGuard implements CanActivate {
  @Above
  @Below
  canActivate(context: ExecutionContext): boolean {
    ledger.enter(this instanceof TenantGuard, 'TenantGuard.canActivate');
    tenants.enterWith(context.switchToHttp().getRequest<Request>().get('x-tenant') ?? 'nobody');
    return true;
  }
}

@OnClassAbove
@Controller('tenants')
@UseGuards(TenantGuard)
@OnClassBelow
export class TenantController {
  @Above
  @Get()
  @Below
  async current(): Promise<(string | undefined)[]> {
    ledger.enter(this instanceof TenantController, 'TenantController.current');
    const before = [tenants.getStore(), regions.getStore()];
    await Promise.resolve();
    return [...before, tenants.getStore(), regions.getStore()];
  }
}
