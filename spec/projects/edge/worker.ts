import { facts } from './app';

export default {
  async fetch(): Promise<Response> {
    return Response.json(await facts());
  },
};
