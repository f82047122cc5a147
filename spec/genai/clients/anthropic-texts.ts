/** The answer that a recorded stream spells out. */
export const jokeOf01 = `Here's an OpenTelemetry-themed joke for you:

Why did the developer feel so lost when using OpenTelemetry?
They were in a Span of Confusion!

The idea behind this joke is that OpenTelemetry uses the concept of "spans" to represent individual operations or requests within a distributed system. When a developer is first getting started with OpenTelemetry, they may feel a bit disoriented or lost trying to understand all the different spans and how they fit together - hence the "Span of Confusion" pun.

Hopefully this gives you a chuckle and provides a lighthearted introduction to some of the key concepts in OpenTelemetry. Let me know if you'd like to hear any other tech-themed jokes!`;

/** The answer that another spells out. */
export const jokeOf04 = `Here's a joke about OpenTelemetry:

Why did the developer love OpenTelemetry?

Because it helped them trace their problems instead of just tracing their coffee mug!\x20

(Ba dum tss! 🥁 It's a play on the word "trace" - which in OpenTelemetry means tracking system performance and interactions, but also can mean physically following a path.)

Would you like me to explain the joke or tell another tech humor one?`;

/** Thinking that a recorded stream spells out. */
export const reasoningOf13 = `Let me count the occurrences of the letter 'r' in the word "strawberry".

The word "strawberry" is spelled: s-t-r-a-w-b-e-r-r-y

I'll go through each letter:
s - not an 'r'
t - not an 'r'
r - this is an 'r', so count = 1
a - not an 'r'
w - not an 'r'
b - not an 'r'
e - not an 'r'
r - this is an 'r', so count = 2
r - this is an 'r', so count = 3
y - not an 'r'

So the letter 'r' appears 3 times in the word "strawberry".`;

/** Thinking that came in one piece. */
export const reasoningOf15 = `Let me count the number of times the letter 'r' appears in the word "strawberry".

The word "strawberry" is spelled:
s-t-r-a-w-b-e-r-r-y

Going through each letter:
s - not an 'r'
t - not an 'r'
r - this is an 'r', so count = 1
a - not an 'r'
w - not an 'r'
b - not an 'r'
e - not an 'r'
r - this is an 'r', so count = 2
r - this is an 'r', so count = 3
y - not an 'r'

So the letter 'r' appears 3 times in the word "strawberry".`;
