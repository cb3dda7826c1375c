/** One-tap login in a NestJS service, compiled to CommonJS. */
import {
  Body,
  Controller,
  Inject,
  Injectable,
  Module,
  Post,
  UnauthorizedException,
} from '@nestjs/common';
import { type CmpassportClient, createCmpassportClient } from 'cmpassport-client';

export const CARRIER = Symbol('carrier');

@Injectable()
export class SignInService {
  constructor(@Inject(CARRIER) private readonly carrier: CmpassportClient) {}

  async signIn(token: string): Promise<{ phoneNumber: string }> {
    const answer = await this.carrier.getPhoneNumber(token);
    if (answer.kind !== 'phoneNumber') throw new UnauthorizedException(answer.next);
    return { phoneNumber: answer.phoneNumber };
  }
}

@Controller('sign-in')
export class SignInController {
  constructor(private readonly service: SignInService) {}

  @Post()
  signIn(@Body('token') token: string): Promise<{ phoneNumber: string }> {
    return this.service.signIn(token);
  }
}

const carrier = {
  provide: CARRIER,
  useFactory: () =>
    createCmpassportClient({
      appId: process.env['CMPASSPORT_APP_ID'] ?? '',
      appKey: process.env['CMPASSPORT_APP_KEY'] ?? '',
      appSecret: process.env['CMPASSPORT_APP_SECRET'] ?? '',
    }),
};

@Module({ controllers: [SignInController], providers: [SignInService, carrier] })
export class SignInModule {}
