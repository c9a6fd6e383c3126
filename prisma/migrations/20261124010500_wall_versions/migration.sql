-- What is kept of a wall holds as long as its version does. Of each scope there is one row: another token in the transaction
-- that changes the artworks, or what is said of them and where they hang. Tokens never come back, as numbers would after a restore.
CREATE TABLE "wall_versions" (
    "scope" TEXT NOT NULL,
    "artworks" UUID NOT NULL DEFAULT gen_random_uuid(),
    "relations" UUID NOT NULL DEFAULT gen_random_uuid(),

    CONSTRAINT "wall_versions_pkey" PRIMARY KEY ("scope")
);
INSERT INTO "wall_versions" ("scope") VALUES ('house');

-- Once a transaction: all that it writes becomes visible at once. A semicolon would end the statement here, hence \x3b.
CREATE FUNCTION "change_artworks_version"() RETURNS trigger LANGUAGE plpgsql AS E'
begin
  if current_setting(''aria.artworks_changed'', true) is distinct from pg_current_xact_id()::text then
    insert into public.wall_versions (scope) values (''house'')
      on conflict (scope) do update set artworks = gen_random_uuid()\x3b
    perform set_config(''aria.artworks_changed'', pg_current_xact_id()::text, true)\x3b
  end if\x3b
  return null\x3b
end';
CREATE FUNCTION "change_relations_version"() RETURNS trigger LANGUAGE plpgsql AS E'
begin
  if current_setting(''aria.relations_changed'', true) is distinct from pg_current_xact_id()::text then
    insert into public.wall_versions (scope) values (''house'')
      on conflict (scope) do update set relations = gen_random_uuid()\x3b
    perform set_config(''aria.relations_changed'', pg_current_xact_id()::text, true)\x3b
  end if\x3b
  return null\x3b
end';

CREATE TRIGGER "artworks_change_wall" AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON "artworks"
  FOR EACH STATEMENT EXECUTE FUNCTION "change_artworks_version"();
CREATE TRIGGER "feedback_change_wall" AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON "feedback"
  FOR EACH STATEMENT EXECUTE FUNCTION "change_relations_version"();
CREATE TRIGGER "collection_items_change_wall" AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON "collection_items"
  FOR EACH STATEMENT EXECUTE FUNCTION "change_relations_version"();
