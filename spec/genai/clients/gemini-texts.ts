/** The poem that a recorded stream spells out. */
export const poemOf05 = `In tangled webs of cloud and code,
Where microservices softly strode,
A whispered secret, hard to find,
The journey of a user's mind.
A black box hummed, a mystery deep,
While crucial insights lay asleep.

But then a vision, clear and bright,
Emerged to chase away the night.
**OpenTelemetry**, a guiding star,
To show us where our problems are.
A standard banner, raised with pride,
Where all observability can ride.

Through **Traces**, golden threads unfurl,
Connecting paths across the world.
From start to end, a user's plea,
A chain of **Spans**, for all to see.
Context propagated, strong and true,
Revealing what each service _do_.

And **Metrics**, count and watch and chart,
The system's pulse, its beating heart.
Latency's grace, or error's bite,
Through gauges, sums, and counters bright.
The CPU's hum, the memory's strain,
Made visible, again, again.

With **Logs**, the whispered tales are told,
Each event, a story to unfold.
Structured lines, with context deep,
The secrets that the services keep.
Correlated, timestamped, and clear,
Dispelling doubt, and calming fear.

No vendor lock, no walled-off maze,
Just open standards, through the haze.
A common language, strong and free,
For all your signals, *three-in-three*.
From instrumenting, to collect and send,
A journey without a bitter end.

It gathers data, rich and wide,
From every corner, deep inside.
Then sends it forth, for you to glean,
The health and state of each machine.
To troubleshoot fast, with knowing eyes,
And make your complex system rise.

So hail to OTel, the guiding hand,
That brings observability to command.
A unified vision, strong and true,
For clarity, for me, for you!`;
