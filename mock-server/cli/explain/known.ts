/** What is known of a captured request, and what is not. */
import type { CarrierRequest, Draft } from '../../carrier/engine/request.js';
import type { AppFile, ChosenApp } from './app.js';
import type { Capture } from './capture/capture.js';

export interface Inputs {
  readonly capture: Capture;
  readonly file: AppFile;
  readonly clientIp: string | undefined;
  readonly phoneNumber: string | undefined;
  readonly nowMs: number;
}

/** What is known of a request, and what is not. */
export interface Known extends Inputs, ChosenApp {
  readonly draft: Draft;
  readonly request: CarrierRequest;
  /** Under keyType 1: whether phoneNum was made for another key than the one at hand. */
  readonly phoneNumSealed: boolean;
  /** Whether the address that the request came from is looked up on a list. */
  readonly addressChecked: boolean;
}
