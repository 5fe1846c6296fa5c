import sqlite3
from collections import Counter

from django.db import DatabaseError, migrations, models, transaction

from products.rules.folding import document

CHUNK = 2_000


def kind(connection):
    if connection.vendor == 'postgresql':
        return 'tsvector'
    if connection.vendor == 'sqlite':
        memory = sqlite3.connect(':memory:')
        has_fts5 = memory.execute("SELECT sqlite_compileoption_used('ENABLE_FTS5')").fetchone()[0]
        memory.close()
        if has_fts5:
            return 'fts5'
    return 'plain'


# The texts are folded: words of lower-case letters and digits with one space between. `ascii` takes
# everything beyond ASCII for a letter, so that words are parted at spaces and nowhere else.
FTS5 = """
CREATE VIRTUAL TABLE products_searchtext USING fts5(
    named, forms, synonyms, tokenize = 'ascii', prefix = '1 2 3'
)
"""
PLAIN = """
CREATE TABLE products_searchtext (
    rowid bigint PRIMARY KEY, named text NOT NULL, forms text NOT NULL, synonyms text NOT NULL
)
"""
TSVECTOR = [
    PLAIN.replace('synonyms text NOT NULL', 'synonyms text NOT NULL, words tsvector NOT NULL'),
    # Words that are looked for most are in most rows: a list of pending ones would be read each time.
    'CREATE INDEX products_searchtext_words ON products_searchtext USING gin (words) WITH (fastupdate = off)',
]


def make_table(apps, schema_editor):
    connection = schema_editor.connection
    which = kind(connection)
    for statement in {'fts5': [FTS5], 'plain': [PLAIN], 'tsvector': TSVECTOR}[which]:
        schema_editor.execute(statement)
    if which == 'tsvector':
        add_trigrams(connection)


def add_trigrams(connection):
    """Words that hold a piece of a mistyped one are found by trigrams; without them, by reading all
    words. Making the extension is the right of the database's owner, where the package has it."""
    try:
        with transaction.atomic(connection.alias), connection.cursor() as cursor:
            cursor.execute('CREATE EXTENSION IF NOT EXISTS pg_trgm')
            cursor.execute(
                'CREATE INDEX products_searchword_trigrams ON products_searchword '
                'USING gin (word gin_trgm_ops)'
            )
    except DatabaseError as error:
        print(f'  no trigrams for search ({str(error).strip()}); see docs/search.md', end='')


def drop_table(apps, schema_editor):
    schema_editor.execute('DROP TABLE products_searchtext')


def fill(apps, schema_editor):
    """Texts of the published products; those of the others are blank from now on."""
    Product = apps.get_model('products', 'Product')
    SearchWord = apps.get_model('products', 'SearchWord')
    connection = schema_editor.connection
    with_vector = kind(connection) == 'tsvector'
    columns, marks = 'rowid, named, forms, synonyms', '%s, %s, %s, %s'
    if with_vector:
        columns, marks = f'{columns}, words', f'{marks}, %s::tsvector'
    counts = Counter()
    keys = list(Product.objects.using(connection.alias).order_by('pk').values_list('pk', flat=True))
    for start in range(0, len(keys), CHUNK):
        products = Product.objects.using(connection.alias).filter(
            pk__gte=keys[start], pk__lte=keys[min(start + CHUNK, len(keys)) - 1]
        )
        rows, texts = [], []
        for product in products.select_related('brand').prefetch_related('ingredients__form'):
            text = text_of(product) if product.status == 'published' else ''
            texts.append((text, product.pk))
            if text:
                counts.update(set(text.split()))
                fields = text.split('\n')
                vector = (vector_of(fields),) if with_vector else ()
                rows.append((product.pk, *fields, *vector))
        with connection.cursor() as cursor:
            cursor.executemany('UPDATE products_product SET search_text = %s WHERE id = %s', texts)
            cursor.executemany(
                f'INSERT INTO products_searchtext ({columns}) VALUES ({marks})', rows
            )
    SearchWord.objects.using(connection.alias).bulk_create(
        [SearchWord(word=word, products=n) for word, n in sorted(counts.items())], batch_size=500
    )


def text_of(product):
    forms = [part.form for part in product.ingredients.all()]
    return document(
        f'{product.brand.name} {product.name}',
        ' '.join(form.name for form in forms),
        ' '.join(f'{form.synonyms} {form.patented_names}' for form in forms),
    )


def vector_of(fields):
    return ' '.join(
        f"'{word}':{place}{weight}"
        for place, (weight, field) in enumerate(zip('ABC', fields), 1)
        for word in dict.fromkeys(field.split())
    )


class Migration(migrations.Migration):

    dependencies = [
        ('products', '0009_imported_labels'),
    ]

    operations = [
        migrations.CreateModel(
            name='SearchWord',
            fields=[
                ('word', models.CharField(max_length=100, primary_key=True, serialize=False)),
                ('products', models.PositiveIntegerField()),
            ],
        ),
        migrations.AlterField(
            model_name='product',
            name='search_text',
            field=models.TextField(blank=True, editable=False, help_text='Brand and name, forms, and their synonyms, folded, each on a line.'),
        ),
        migrations.RunPython(make_table, drop_table),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
