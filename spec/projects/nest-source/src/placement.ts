import { applyDecorators } from '@nestjs/common';
import { Traced } from 'spanwright';

import { Bare, Unnamed } from './careless-wrappers.js';

type Anywhere = MethodDecorator & ClassDecorator;

/** Where the decorator stands is decided by the environment when the classes are defined: one program, every variant. */
const places = new Set((process.env['PLACES'] ?? '').split(','));
const wrappers: Record<string, Anywhere> = { traced: Traced, bare: Bare, unnamed: Unnamed };
const wrapper = wrappers[process.env['WRAPPER'] ?? 'traced'] ?? Traced;

const nothing: Anywhere = () => undefined;

function at(place: string, decorator: Anywhere): Anywhere {
  return places.has(place) ? decorator : nothing;
}

/** Over every other decorator of a method; with the place `applied` through Nest's own way to join decorators. */
export const Above: Anywhere = places.has('applied') ? applyDecorators(wrapper) : at('above', wrapper);
/** Under the decorator of the route, over that of the guard. */
export const Between = at('between', wrapper);
/** Under every other decorator of a method. */
export const Below = at('below', wrapper);
/** Over `@Controller()` and `@Injectable()`. */
export const OnClassAbove = at('class-above', wrapper);
/** Under `@Controller()` and `@Injectable()`. */
export const OnClassBelow = at('class-below', wrapper);
