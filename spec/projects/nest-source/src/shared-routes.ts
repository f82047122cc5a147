import { applyDecorators, Controller, Get, HttpCode, Inject, Injectable, Scope, UseGuards } from '@nestjs/common';
import { REQUEST } from '@nestjs/core';
import { ApiOkResponse } from '@nestjs/swagger';
import type { Request } from 'express';

import { Roles, RolesGuard, TeamGuard } from './guards.js';
import { ledger } from './ledger.js';
import { Above, Below, Between, OnClassAbove, OnClassBelow } from './placement.js';

/** Routes that subclasses inherit. */
@OnClassAbove
@OnClassBelow
export abstract class ListController {
  protected abstract readonly names: readonly string[];

  @Above
  @Get('list')
  @Between
  @ApiOkResponse({ type: [String] })
  @Below
  list(): readonly string[] {
    ledger.enter(this instanceof ListController, 'ListController.list');
    return this.names;
  }

  @Above
  @Get('first')
  @Below
  first(): string {
    ledger.enter(this instanceof ListController, 'ListController.first');
    return this.names[0] ?? 'none';
  }
}

@OnClassAbove
@Controller('desks')
@UseGuards(TeamGuard)
@OnClassBelow
export class DeskController extends ListController {
  protected readonly names = ['front', 'back'];

  @Above
  @Get('first')
  @Below
  override first(): string {
    ledger.enter(this instanceof DeskController, 'DeskController.first');
    return `desk ${super.first()}`;
  }
}

@OnClassAbove
@Controller('teams')
@OnClassBelow
export class TeamController extends ListController {
  protected readonly names = ['support'];
}

/** What a Nest application joins into one decorator of its own; the parts apply from the first to the last. */
function Secured(path: string, ...roles: string[]): MethodDecorator {
  return applyDecorators(Above, Get(path), HttpCode(206), Between, UseGuards(RolesGuard), Roles(roles), Below);
}

@OnClassAbove
@Controller('joined')
@OnClassBelow
export class JoinedController {
  @Secured('secret', 'owner')
  secret(): string {
    ledger.enter(this instanceof JoinedController, 'JoinedController.secret');
    return 'for owners';
  }
}

@OnClassAbove
@Injectable({ scope: Scope.REQUEST })
@OnClassBelow
export class RequestNote {
  #reads = 0;

  constructor(@Inject(REQUEST) private readonly request: Request) {}

  @Above
  @Below
  async read(): Promise<string> {
    ledger.enter(this instanceof RequestNote, 'RequestNote.read');
    await Promise.resolve();
    return `${this.request.get('x-user')} ${++this.#reads}`;
  }
}

@OnClassAbove
@Controller('scoped')
@OnClassBelow
export class ScopedController {
  constructor(private readonly note: RequestNote) {}

  @Above
  @Get()
  @Below
  async read(): Promise<string[]> {
    ledger.enter(this instanceof ScopedController, 'ScopedController.read');
    return [await this.note.read(), await this.note.read()];
  }
}
