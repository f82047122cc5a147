import {
  All,
  Body,
  ClassSerializerInterceptor,
  Controller,
  Delete,
  Get,
  Header,
  HttpCode,
  HttpException,
  Param,
  ParseBoolPipe,
  ParseIntPipe,
  Post,
  Put,
  Query,
  Redirect,
  Req,
  Res,
  SerializeOptions,
  UseFilters,
  UseGuards,
  UseInterceptors,
  UsePipes,
  Version,
} from '@nestjs/common';
import {
  ApiBody,
  ApiCreatedResponse,
  ApiHeader,
  ApiOkResponse,
  ApiOperation,
  ApiParam,
  ApiQuery,
  ApiTags,
} from '@nestjs/swagger';
import type { Request, Response } from 'express';

import {
  ClosedFilter,
  CurrentUser,
  EnvelopeInterceptor,
  KnownPipe,
  StampInterceptor,
  TrimPipe,
} from './around-handlers.js';
import { NeedsHeader, Public, Roles, RolesGuard } from './guards.js';
import { ledger } from './ledger.js';
import { Above, Below, Between, OnClassAbove, OnClassBelow } from './placement.js';
import { NewTicket, TicketService, TicketView } from './tickets.js';

const enter = (isOwn: boolean, method: string): void => ledger.enter(isOwn, `TicketController.${method}`);

@OnClassAbove
@ApiTags('tickets')
@Controller('tickets')
@UseInterceptors(StampInterceptor)
@OnClassBelow
export class TicketController {
  constructor(private readonly tickets: TicketService) {}

  @Above
  @Get('open')
  @Between
  @Public()
  @Below
  open(@Query('limit', ParseIntPipe) limit: number): number[] {
    enter(this instanceof TicketController, 'open');
    return this.tickets.ids(limit);
  }

  @Above
  @Get('old')
  @Between
  @Redirect('/tickets/1', 301)
  @Below
  old(@Query('to') to?: string): { url: string; statusCode: number } | undefined {
    enter(this instanceof TicketController, 'old');
    return to === undefined ? undefined : { url: `/tickets/${to}`, statusCode: 307 };
  }

  @Above
  @Get('admin')
  @Between
  @UseGuards(RolesGuard)
  @Roles(['admin', 'owner'])
  @Below
  admin(): string {
    enter(this instanceof TicketController, 'admin');
    return 'for admins';
  }

  @Above
  @UseGuards(NeedsHeader('x-desk'))
  @Between
  @Get('desk')
  @ApiHeader({ name: 'x-desk' })
  @Below
  async desk(): Promise<string> {
    enter(this instanceof TicketController, 'desk');
    return (await this.tickets.find(2)).title;
  }

  @Above
  @Get('wrapped')
  @Between
  @UseInterceptors(EnvelopeInterceptor)
  @Below
  async wrapped(): Promise<string> {
    enter(this instanceof TicketController, 'wrapped');
    return (await this.tickets.find(3)).title;
  }

  @Above
  @Get('view/:id')
  @Between
  @UseInterceptors(ClassSerializerInterceptor)
  @SerializeOptions({ groups: ['desk'] })
  @ApiOkResponse({ type: TicketView })
  @Below
  async view(@Param('id', ParseIntPipe, KnownPipe) id: number): Promise<TicketView> {
    enter(this instanceof TicketController, 'view');
    return await this.tickets.find(id);
  }

  @Above
  @All('echo')
  @Between
  @HttpCode(203)
  @Below
  echo(@Req() request: Request, @Res({ passthrough: true }) response: Response): { method: string } {
    enter(this instanceof TicketController, 'echo');
    response.setHeader('x-echo', request.method);
    return { method: request.method };
  }

  @Above
  @Get('version')
  @Between
  @Version('2')
  @Below
  second(): string {
    enter(this instanceof TicketController, 'second');
    return 'second';
  }

  @Above
  @Get('broken')
  @Below
  broken(@Query('late', ParseBoolPipe) late: boolean): Promise<never> {
    enter(this instanceof TicketController, 'broken');
    const error = new HttpException({ broken: late }, 418);
    if (late) return Promise.reject(error);
    throw error;
  }

  @Above
  @ApiOperation({ summary: 'One ticket', operationId: 'findOne' })
  @Get(':id')
  @Between
  @ApiParam({ name: 'id', type: Number })
  @Below
  async one(
    @Param('id', ParseIntPipe) id: number,
    @CurrentUser('user ') user: string,
    @Query('verbose') verbose = 'no',
  ): Promise<{ title: string; user: string; verbose: string }> {
    enter(this instanceof TicketController, 'one');
    return { title: (await this.tickets.find(id)).title, user, verbose };
  }

  @Above
  @Post()
  @Between
  @HttpCode(202)
  @Header('x-made', 'yes')
  @ApiBody({ type: NewTicket })
  @ApiCreatedResponse({ description: 'Made' })
  @Below
  create(@Body() ticket: NewTicket): Promise<{ label: string; events: unknown[] }> {
    enter(this instanceof TicketController, 'create');
    return this.tickets.create(ticket);
  }

  @Above
  @Put(':id/title')
  @Between
  @UsePipes(TrimPipe)
  @ApiQuery({ name: 'dry', required: false })
  @Below
  rename(@Param('id') id: string, @Body('title') title: string): string[] {
    enter(this instanceof TicketController, 'rename');
    return [typeof id, id, title];
  }

  @Above
  @Delete(':id')
  @Between
  @UseFilters(ClosedFilter)
  @Below
  async remove(@Param('id', ParseIntPipe) id: number): Promise<string> {
    enter(this instanceof TicketController, 'remove');
    return `removed ${(await this.tickets.find(id)).title}`;
  }
}
