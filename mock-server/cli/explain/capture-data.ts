/** The data of a captured request, from the capture, the file of the app and the flags. */
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

export interface CaptureData extends Inputs, ChosenApp {
  readonly draft: Draft;
  readonly request: CarrierRequest;
  /** With keyType 1: whether phoneNum was encrypted for another key. */
  readonly phoneNumSealed: boolean;
  /** Whether the client address is checked against a whitelist. */
  readonly addressChecked: boolean;
}
