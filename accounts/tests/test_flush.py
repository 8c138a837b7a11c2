import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction

from accounts.models import LedgerEntry
from accounts.tests.factories import make_user


@pytest.mark.django_db(transaction=True)
def test_a_whole_database_can_be_emptied_and_the_ledger_stays_append_only():
    make_user()
    call_command("flush", interactive=False, verbosity=0)
    assert not LedgerEntry.objects.exists()
    make_user()
    with pytest.raises(IntegrityError), transaction.atomic():
        connection.cursor().execute("DELETE FROM credit_ledger")
