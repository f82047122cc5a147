import type { INestApplication, MiddlewareConsumer, NestModule } from '@nestjs/common';
import { Module, ValidationPipe, VERSION_NEUTRAL, VersioningType } from '@nestjs/common';
import { APP_GUARD, DiscoveryModule, NestFactory } from '@nestjs/core';
import { EventEmitterModule } from '@nestjs/event-emitter';
import { Transport } from '@nestjs/microservices';
import { ScheduleModule } from '@nestjs/schedule';

import { RequestLog } from './around-handlers.js';
import { KeyGuard } from './guards.js';
import { Jobs, Listeners } from './jobs.js';
import { ledger } from './ledger.js';
import { MessageController } from './message-controller.js';
import { Above, Below, OnClassAbove, OnClassBelow } from './placement.js';
import { DeskController, JoinedController, RequestNote, ScopedController, TeamController } from './shared-routes.js';
import { StreamController } from './stream-controller.js';
import { RegionMiddleware, TenantController } from './tenants.js';
import { TicketController } from './ticket-controller.js';
import { TicketService, TicketStore } from './tickets.js';

@OnClassAbove
@Module({
  imports: [EventEmitterModule.forRoot({ ignoreErrors: true }), ScheduleModule.forRoot(), DiscoveryModule],
  controllers: [
    TicketController,
    DeskController,
    TeamController,
    JoinedController,
    ScopedController,
    StreamController,
    MessageController,
    TenantController,
  ],
  providers: [
    TicketStore,
    TicketService,
    RequestNote,
    Jobs,
    Listeners,
    // As a class of its own in the container, so that Nest injects its Reflector.
    { provide: APP_GUARD, useClass: KeyGuard },
  ],
})
@OnClassBelow
export class AppModule implements NestModule {
  @Above
  @Below
  configure(consumer: MiddlewareConsumer): void {
    ledger.enter(this instanceof AppModule, 'AppModule.configure');
    consumer.apply(RequestLog).forRoutes(ScopedController);
    consumer.apply(RegionMiddleware).forRoutes(TenantController);
  }
}

/** A started application; both ports are on loopback and free ones. */
export interface Started {
  readonly app: INestApplication;
  readonly httpPort: number;
  readonly tcpPort: number;
}

export async function startApplication(): Promise<Started> {
  const app = await NestFactory.create(AppModule, { logger: false, abortOnError: false });
  app.useGlobalPipes(new ValidationPipe({ transform: true, whitelist: true, forbidNonWhitelisted: true }));
  app.enableVersioning({ type: VersioningType.HEADER, header: 'x-version', defaultVersion: VERSION_NEUTRAL });
  const service = app.connectMicroservice({
    transport: Transport.TCP,
    options: { host: '127.0.0.1', port: 0 },
  });
  await app.startAllMicroservices();
  await app.listen(0, '127.0.0.1');
  return {
    app,
    httpPort: (app.getHttpServer().address() as { port: number }).port,
    tcpPort: service.unwrap<{ address(): { port: number } }>().address().port,
  };
}
