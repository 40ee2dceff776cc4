from django.urls import path

from motcua.editing.views import board, form_upload, overview

app_name = "editing"

urlpatterns = [
    path("", overview.index, name="list"),
    path("bang/", board.board_page, name="board"),
    path("bang/tep/", board.board_file, name="board_file"),
    path("bang/<slug:slug>/", board.board_one, name="board_one"),
    path("bang/<slug:slug>/chung-minh/", board.board_prove, name="board_prove"),
    path("bieu-mau/", form_upload.form_upload, name="docx"),
]
