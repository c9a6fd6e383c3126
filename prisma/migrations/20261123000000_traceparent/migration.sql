-- The trace that an order was placed in (W3C Trace Context), so that whoever paints it goes on with the same. Orders from before have none.
ALTER TABLE "orders" ADD COLUMN "traceparent" TEXT;
